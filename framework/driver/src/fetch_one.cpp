#include <azoth/driver/fetch_one.hpp>

#include <azoth/base/error.hpp>

#include <fmt/format.h>

namespace azoth::detail {

bool fetch_one(cursor& from, std::span<cell> into) {
    const std::size_t got = from.fetch(into, 1);
    if (got > 1)
        throw_error(errc::internal, fmt::format("the driver breaks its contract: fetch() returned {} rows where 1 was asked for", got));
    return got == 1;
}

}  // namespace azoth::detail
