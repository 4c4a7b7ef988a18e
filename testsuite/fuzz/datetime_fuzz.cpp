// Dates, times, timestamps and UUIDs: what is read prints and reads again as the same value.
#include <azoth/base/datetime.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/base/uuid.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

template <class Parse>
void check(std::string_view text, const Parse& parse) {
    try {
        const auto value = parse(text);
        const std::string printed = azoth::to_string(value);
        require(parse(printed) == value);
        require(azoth::to_string(parse(printed)) == printed);
    } catch (const azoth::data_error& e) {
        require(e.message().size() < 400);
        if (azoth::is_valid_utf8(text)) require(azoth::is_valid_utf8(e.message()));  // no half character
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check(text, azoth::parse_date);
    check(text, azoth::parse_time);
    check(text, azoth::parse_local_timestamp);
    check(text, azoth::parse_timestamp);
    check(text, azoth::uuid::parse);
    return 0;
}
