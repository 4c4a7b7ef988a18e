#include <azoth/driver/cursor.hpp>

namespace azoth {

cursor::~cursor() = default;

bool cursor::next_result() { return false; }
std::int64_t cursor::affected_rows() const { return -1; }
std::optional<std::int64_t> cursor::last_insert_id() const { return std::nullopt; }

}  // namespace azoth
