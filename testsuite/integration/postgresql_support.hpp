#pragma once

#include <azoth/azoth.hpp>

#include <support/test_servers.hpp>
#include <support/thrown.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Tests of what is special to PostgreSQL. They run on the server that AZOTH_TEST_URLS names; without one they are skipped, and say so.
namespace postgresql_tests {

namespace az = azoth;
using support::thrown;

/// The URL of the server under test, if there is one.
inline std::optional<az::url> server() {
    for (const std::string& url : support::test_urls())
        if (url.starts_with("postgresql")) return az::url::parse(url);
    WARN("skipped: AZOTH_TEST_URLS names no PostgreSQL server; tools/servers starts one");
    return std::nullopt;
}

/// An engine that logs nothing.
inline az::engine open(const az::url& to, az::engine_options options = {}) {
    options.log = nullptr;
    return az::create_engine(to, std::move(options));
}

inline void run(az::connection& on, std::string_view sql) { (void)on.execute(az::text(sql)); }
inline std::string text_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::string>(); }
inline std::int64_t number_of(az::connection& on, std::string_view sql) { return on.execute(az::text(sql)).scalar<std::int64_t>(); }

/// The value of a query of one row and column, read twice: as the text of an unprepared statement, and in the form that a prepared one has.
template <class T>
std::vector<T> both_ways(az::connection& on, std::string_view sql) {
    const auto query = az::text(sql);
    std::vector<T> values;
    for (int i = 0; i < 4; ++i) values.push_back(on.execute(query).template scalar<T>());
    return values;
}

/// A schema of the test's own, where its tables are made; gone at the end.
class scratch_schema {
public:
    explicit scratch_schema(const az::url& on) : name_{"azoth_" + to_string(az::uuid::random()).substr(0, 13)}, engine_{open(on)} {
        auto c = engine_.connect();
        run(c, "CREATE SCHEMA \"" + name_ + "\"");
        c.commit();
        url_ = on.with_option("options", "-c search_path=" + name_);
    }
    ~scratch_schema() {
        try {
            auto c = engine_.connect();
            run(c, "DROP SCHEMA \"" + name_ + "\" CASCADE");
            c.commit();
        } catch (const std::exception& e) {
            WARN("the schema " << name_ << " stays: " << e.what());
        }
    }
    scratch_schema(const scratch_schema&) = delete;
    scratch_schema& operator=(const scratch_schema&) = delete;

    [[nodiscard]] const az::url& url() const noexcept { return url_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
    az::engine engine_;
    az::url url_{};
};

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace postgresql_tests
