#include "loader.hpp"

#include "libazoth_location.hpp"
#include "refusal.hpp"

#include <azoth/base/thrown.hpp>
#include <azoth/driver/plugin_entry.hpp>

// The library's own file system type would be Boost's, which is no header-only library.
#define BOOST_DLL_USE_STD_FS
#include <boost/core/demangle.hpp>
#include <boost/dll/runtime_symbol_info.hpp>
#include <boost/dll/shared_library.hpp>

#include <fmt/format.h>

#include <dlfcn.h>

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>

namespace azoth::detail {
namespace {

namespace fs = std::filesystem;
using plugin_entry = void(std::unique_ptr<dialect>&);

constexpr std::string_view missing_symbol = "undefined symbol: ";

/// The loader's own sentence, without Boost.DLL's frame around it, and with a symbol's name as people write it.
std::string loader_words(const std::exception& failure) {
    constexpr std::string_view start = "(dlerror system message: ";
    std::string words = failure.what();
    const std::size_t at = words.find(start);
    const std::size_t end = words.rfind(')');
    if (at != std::string::npos && end > at) words = words.substr(at + start.size(), end - at - start.size());
    if (const std::size_t symbol = words.find(missing_symbol); symbol != std::string::npos) {
        const std::string mangled = words.substr(
            symbol + missing_symbol.size(), words.find_first_of(" ,", symbol + missing_symbol.size()) - symbol - missing_symbol.size());
        if (const std::string plain = boost::core::demangle(mangled.c_str()); plain != mangled) words += fmt::format(" ({})", plain);
    }
    return words;
}

std::string remedy_for(std::string_view words, const plugin_metadata& metadata) {
    if (words.find(missing_symbol) != std::string_view::npos || words.find("version `") != std::string_view::npos)
        return "rebuild the plugin against the libazoth and the client library that are installed";
    if (words.find("cannot open shared object file") != std::string_view::npos) {
        const std::string package = debian_package_of(words.substr(0, words.find(':')));
        return fmt::format("install {}, which it needs{}", metadata.client_library.empty() ? "the library" : metadata.client_library,
                           package.empty() ? "" : fmt::format(" (on Debian mostly the package {})", package));
    }
    return "install the plugin again";
}

boost::dll::shared_library open_library(const fs::path& file, const plugin_metadata& metadata) {
    // Never unloaded: an exception, a thread or a cursor of the plugin's must not outlive its code.
    const auto mode =
        boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local | static_cast<boost::dll::load_mode::type>(RTLD_NODELETE);
    try {
        return boost::dll::shared_library{file, mode};
    } catch (const std::system_error& failure) {
        const std::string words = loader_words(failure);
        throw refusal{errc::plugin_load, fmt::format("it does not load: {}: {}", words, remedy_for(words, metadata))};
    }
}

plugin_entry& entry_of(const boost::dll::shared_library& library) {
    try {
        return library.get<plugin_entry>("azoth_plugin_entry");
    } catch (const std::system_error& failure) {
        throw refusal{errc::plugin_load, fmt::format("it has no entry, AZOTH_PLUGIN writes one: {}", loader_words(failure))};
    }
}

dialect_info info_of(const dialect& made) {
    try {
        return made.info();
    } catch (...) {
        throw refusal{errc::plugin_factory, fmt::format("its dialect does not say who it is: info() threw {}", what_was_thrown())};
    }
}

}  // namespace

/// libpq.so.5 is in libpq5, libsqlite3.so.0 in libsqlite3-0, libpqxx-6.4.so in libpqxx-6.4.
std::string debian_package_of(std::string_view library) {
    const std::size_t end = library.find(".so");
    if (!library.starts_with("lib") || end == std::string_view::npos) return {};
    std::string name{library.substr(0, end)};
    if (library.size() > end + 3) {
        if (name.back() >= '0' && name.back() <= '9') name += '-';
        name += library.substr(end + 4);
    }
    std::ranges::transform(name, name.begin(), [](char c) {
        return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return name == "libmysqlcppconn7" ? "libmysqlcppconn7v5" : name;  // a change of g++'s ABI is in its name
}

std::shared_ptr<const dialect> make_dialect(const plugin_metadata& metadata, const std::function<std::unique_ptr<dialect>()>& factory) {
    std::unique_ptr<dialect> made;
    try {
        made = factory();
    } catch (...) {
        throw refusal{errc::plugin_factory, fmt::format("its factory failed: it threw {}", what_was_thrown())};
    }
    if (!made) throw refusal{errc::plugin_factory, "its factory returned null instead of a dialect"};
    const dialect_info info = info_of(*made);
    if (info.dialect != metadata.dialect || info.driver != metadata.driver)
        throw refusal{errc::plugin_factory,
                      fmt::format("its factory made {}+{}, and it is registered as {}+{}: info() and AZOTH_PLUGIN have to agree",
                                  info.dialect, info.driver, metadata.dialect, metadata.driver)};
    return made;
}

std::shared_ptr<const dialect> load_dialect(const fs::path& file, const plugin_metadata& metadata) {
    const boost::dll::shared_library library = open_library(file, metadata);
    plugin_entry& entry = entry_of(library);
    return make_dialect(metadata, [&] {
        std::unique_ptr<dialect> made;
        entry(made);
        return made;
    });
}

fs::path libazoth_folder() {
    std::error_code failed;
    fs::path file = boost::dll::this_line_location(failed);
    // Linked into the program, the name is what the program was called by.
    if (!failed && file.is_relative()) {
        const fs::path program = fs::read_symlink("/proc/self/exe", failed);
        file = program.filename() == file.filename() ? program : fs::path{};
    }
    if (failed || file.empty()) return {};
    const fs::path real = fs::canonical(file, failed);
    return failed ? fs::path{} : real.parent_path();
}

}  // namespace azoth::detail
