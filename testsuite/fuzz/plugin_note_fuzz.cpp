// The reader of plugins' notes takes any bytes: it gives metadata that hold what they promise, or a plugin_error; nothing else.
#include <azoth/base/error.hpp>
#include <azoth/driver/plugin_note.hpp>
#include <azoth/plugin/registry.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_printable(const std::string& text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace azoth;
    try {
        const plugin_metadata found = parse_plugin_metadata(std::as_bytes(std::span{data, size}));
        require(detail::is_plugin_name(found.dialect) && detail::is_plugin_name(found.driver));
        require(std::ranges::all_of(found.aliases, detail::is_plugin_name));
        require(is_printable(found.version) && is_printable(found.client_library) && is_printable(found.toolchain));
    } catch (const plugin_error& e) {
        require(e.code() == errc::plugin_file || e.code() == errc::plugin_no_note || e.code() == errc::plugin_magic);
        require(is_printable(e.message()));
    }
    return 0;
}
