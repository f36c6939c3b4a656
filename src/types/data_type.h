#pragma once

#include <ember/data_type.h>

#include "base/result.h"
