#pragma once

#include <azoth/azoth.hpp>

#include <support/temporary_folder.hpp>
#include <support/thrown.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sqlite_tests {

namespace az = azoth;
using support::thrown;

/// A folder of the test's own, gone when the test ends.
class scratch_folder : public support::temporary_folder {
public:
    /// The URL of a file in it: `url("a.db", "?mode=ro")`.
    [[nodiscard]] std::string url(std::string_view file = "test.db", std::string_view options = {}) const {
        return "sqlite:///" + this->file(file) + std::string{options};
    }
};

/// An engine that logs nothing.
inline az::engine open(std::string_view url, az::engine_options options = {}) {
    options.log = nullptr;
    return az::create_engine(url, std::move(options));
}

inline void run(az::connection& on, std::string_view sql) { (void)on.execute(az::text(sql)); }

inline std::string text_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::string>(); }
inline std::int64_t number_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::int64_t>(); }

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace sqlite_tests
