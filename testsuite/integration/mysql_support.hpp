#pragma once

#include <azoth/azoth.hpp>

#include <support/test_servers.hpp>
#include <support/thrown.hpp>

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Tests of what is special to MySQL and MariaDB. Each runs with every driver that AZOTH_TEST_URLS names for them; without one they are
/// skipped, and say so.
namespace mysql_tests {

namespace az = azoth;
using support::thrown;

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// The URLs under test: one a driver.
inline std::vector<az::url> servers() {
    std::vector<az::url> found;
    for (const std::string& text : support::test_urls())
        if (text.starts_with("mysql") || text.starts_with("mariadb")) found.push_back(az::url::parse(text));
    if (found.empty()) WARN("skipped: AZOTH_TEST_URLS names no MySQL or MariaDB server; tools/servers starts one");
    return found;
}

/// An engine that logs nothing.
inline az::engine open(const az::url& to, az::engine_options options = {}) {
    options.log = nullptr;
    return az::create_engine(to, std::move(options));
}

inline void run(az::connection& on, std::string_view sql) { (void)on.execute(az::text(sql)); }
inline std::string text_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::string>(); }
inline std::int64_t number_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::int64_t>(); }

/// A database of the test's own, gone at the end.
class scratch_database {
public:
    explicit scratch_database(const az::url& on)
        : name_{"azoth_" + to_string(az::uuid::random()).substr(0, 13)}, engine_{mysql_tests::open(on)} {
        auto c = engine_.connect();
        // Whatever the server's own collation is, tables that Azoth makes have theirs.
        run(c, "CREATE DATABASE `" + name_ + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        url_ = on.with_database(name_);
    }
    ~scratch_database() {
        try {
            auto c = engine_.connect();
            run(c, "DROP DATABASE `" + name_ + "`");
        } catch (const std::exception& e) {
            WARN("the database " << name_ << " stays: " << e.what());
        }
    }
    scratch_database(const scratch_database&) = delete;
    scratch_database& operator=(const scratch_database&) = delete;

    [[nodiscard]] const az::url& url() const noexcept { return url_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] az::engine open(az::engine_options options = {}) const { return mysql_tests::open(url_, std::move(options)); }

private:
    std::string name_;
    az::engine engine_;
    az::url url_{};
};

/// Runs `test(database)` with each driver.
template <class F>
void with_each_driver(F&& test) {
    for (const az::url& server : servers()) {
        INFO(server.scheme());
        const scratch_database database{server};
        test(database);
    }
}

/// Runs `test(database)` with the driver connector, where it is under test.
template <class F>
void with_connector(F&& test) {
    bool found = false;
    for (const az::url& server : servers()) {
        if (server.dialect() != "mysql" || (!server.driver().empty() && server.driver() != "connector")) continue;
        found = true;
        const scratch_database database{server};
        test(database);
    }
    if (!found) WARN("skipped: AZOTH_TEST_URLS names no mysql+connector URL");
}

/// Whether the driver answers through MariaDB Connector/C.
inline bool is_libmariadb(const scratch_database& database) { return database.url().driver() == "libmariadb"; }

}  // namespace mysql_tests
