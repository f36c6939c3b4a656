#pragma once

#include <ember/value.h>

#include "types/data_type.h"
