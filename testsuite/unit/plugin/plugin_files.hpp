#pragma once

#include <support/temporary_folder.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plugin_files {

namespace fs = std::filesystem;
using bytes = std::vector<std::byte>;

class temporary_folder : public support::temporary_folder {
public:
    /// A folder in it, for its owner only.
    [[nodiscard]] fs::path folder(std::string_view name) const {
        fs::create_directories(path() / name);
        fs::permissions(path() / name, fs::perms::owner_all);
        return path() / name;
    }
};

/// Sets an environment variable, and takes it back.
class environment {
public:
    environment(const char* name, const std::string& value) : name_{name} {
        if (const char* before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~environment() {
        if (before_) ::setenv(name_, before_->c_str(), 1);
        else ::unsetenv(name_);
    }
    environment(const environment&) = delete;
    environment& operator=(const environment&) = delete;

private:
    const char* name_;
    std::optional<std::string> before_{};
};

inline fs::path built(std::string_view name) { return fs::path{AZOTH_BUILD_DIR} / "test-plugins" / (std::string{name} + ".so"); }

inline bytes read(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

inline fs::path write(const fs::path& file, std::span<const std::byte> content) {
    std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(content.data()),
                                                static_cast<std::streamsize>(content.size()));
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return file;
}

/// A built plugin's copy under a name that searches find.
inline fs::path put(std::string_view plugin, const fs::path& folder, std::string_view pair) {
    return write(folder / ("azoth-dialect-" + std::string{pair} + ".so"), read(built(plugin)));
}

/// Where the note's content starts in a plugin's file.
inline std::size_t content_at(const bytes& plugin) {
    const std::string_view text{reinterpret_cast<const char*>(plugin.data()), plugin.size()};
    const std::size_t at = text.find(std::string_view{"AZOTH\0\0\0AZOTHDLC", 16});
    if (at == std::string_view::npos) throw std::runtime_error("the test plugin has no note");
    return at + 8;
}

template <class T>
void patch(bytes& file, std::size_t at, const T& value) {
    std::memcpy(file.data() + at, &value, sizeof value);
}

inline void patch_text(bytes& file, std::size_t at, std::string_view text) { std::memcpy(file.data() + at, text.data(), text.size()); }

template <class T>
T value_at(const bytes& file, std::size_t at) {
    T out;
    std::memcpy(&out, file.data() + at, sizeof out);
    return out;
}

}  // namespace plugin_files
