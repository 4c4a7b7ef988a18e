#pragma once

// What every snippet of the documents sees, besides the lines it shows: testsuite/checks/snippets.py puts it first.
#include <azoth/azoth.hpp>
#include <azoth/orm.hpp>

#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace az = azoth;
