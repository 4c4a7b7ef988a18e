#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

/// What an error of SQLite means to a program.
error_class classify(const native_error& error);

}  // namespace azoth::sqlite
