#pragma once

#include <ember/error.h>
