#pragma once

#include <azoth/azoth.hpp>

#include <support/test_servers.hpp>
#include <support/thrown.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

/// What the fault tests have in common. Each runs on every URL of AZOTH_TEST_URLS.
namespace faults {

namespace az = azoth;
using support::thrown;

/// One database under test.
class target {
public:
    explicit target(std::string url) : url_{std::move(url)}, is_postgresql_{url_.starts_with("postgresql")} {}

    [[nodiscard]] const std::string& url() const noexcept { return url_; }
    [[nodiscard]] az::url parsed() const { return az::url::parse(url_); }
    [[nodiscard]] bool is_postgresql() const noexcept { return is_postgresql_; }
    [[nodiscard]] support::test_server server() const { return support::server_of(url_); }
    /// An engine that logs nothing.
    [[nodiscard]] az::engine open(az::engine_options options = {}) const { return open(parsed(), std::move(options)); }
    [[nodiscard]] static az::engine open(const az::url& to, az::engine_options options = {}) {
        options.log = nullptr;
        return az::create_engine(to, std::move(options));
    }

    /// The session of a connection, as the server numbers it; and its end, from another connection.
    [[nodiscard]] std::int64_t session_of(az::connection& c) const {
        return c.execute(az::text(is_postgresql_ ? "SELECT pg_backend_pid()" : "SELECT connection_id()")).scalar<std::int64_t>();
    }
    void kill(std::int64_t session) const;
    /// Waits until the server knows nothing of the session any more.
    void await_end(std::int64_t session) const;
    /// Sessions of the test's user that the server has.
    [[nodiscard]] std::int64_t sessions() const;

private:
    std::string url_;
    bool is_postgresql_;
};

/// A table with rows (id, value) of its own, dropped at the end.
class numbers_table {
public:
    explicit numbers_table(const target& on, std::int64_t rows = 0);
    ~numbers_table();
    numbers_table(const numbers_table&) = delete;
    numbers_table& operator=(const numbers_table&) = delete;

    [[nodiscard]] auto add(std::int64_t id, std::int64_t value) const {
        return az::insert(table_).set(table_["id"], id).set(table_["value"], value);
    }
    [[nodiscard]] auto change(std::int64_t id, std::int64_t value) const {
        return az::update(table_).set(table_["value"], value).where(table_["id"] == id);
    }
    void add_all(az::connection& c, const std::vector<std::vector<az::value>>& rows) const {
        c.execute(az::insert(table_).columns(table_["id"], table_["value"]), rows);
    }
    [[nodiscard]] auto value_of(std::int64_t id) const { return az::select(this->value()).where(this->id() == id); }
    [[nodiscard]] auto all_ids() const { return az::select(id()).order_by(id()); }
    [[nodiscard]] std::vector<std::int64_t> ids() const;

private:
    [[nodiscard]] az::expr<std::int64_t> id() const { return table_.column<std::int64_t>("id"); }
    [[nodiscard]] az::expr<std::int64_t> value() const { return table_.column<std::int64_t>("value"); }
    az::engine engine_;
    az::table table_;
};

/// Runs a statement that takes minutes on every database, and reads what it gives: some drivers execute no further than that asks for.
void run_endless(az::connection& c, const az::execution_options& options = {});

/// Runs the test once for each database; says so where there is none.
template <class F>
void on_each(F&& test) {
    const auto urls = support::test_urls();
    if (urls.empty()) WARN("skipped: AZOTH_TEST_URLS names no server; tools/test starts them");
    for (const std::string& url : urls) {
        const target on{url};
        INFO("on " << on.parsed().to_string());
        test(on);
    }
}

}  // namespace faults
