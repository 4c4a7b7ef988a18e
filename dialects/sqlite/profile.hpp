#pragma once

#include <azoth/dialect.hpp>

namespace azoth::sqlite {

/// What the SQLite library of this number can do; `shared_cache`: whether connections of the process share one.
void fill_profile(profile& out, int library_version, bool shared_cache);

}  // namespace azoth::sqlite
