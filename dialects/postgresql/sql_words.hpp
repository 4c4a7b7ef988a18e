#pragma once

#include <string_view>

namespace azoth::postgresql {

/// Whether SQL is a COPY, which neither a pipeline nor the statement interface can do. Comments ahead hide nothing.
bool is_copy(std::string_view sql) noexcept;

/// Whether a statement that returns rows does nothing but read, as far as its words tell: what functions do is not seen. In doubt: no.
bool only_reads(std::string_view sql) noexcept;

}  // namespace azoth::postgresql
