#include "fault_support.hpp"

#include <unistd.h>
#include <chrono>
#include <thread>

namespace faults {
namespace {

std::int64_t number_of(az::connection& c, std::string_view sql) { return c.execute(az::text(sql)).scalar<std::int64_t>(); }

az::table make_numbers() {
    static int next = 0;
    return az::table{"fault_" + std::to_string(::getpid()) + "_" + std::to_string(++next),
                     {az::column("id", az::type_kind::big_integer, az::primary_key, az::not_generated),
                      az::column("value", az::type_kind::big_integer, az::not_null)}};
}

}  // namespace

void target::kill(std::int64_t session) const {
    const auto engine = open();
    auto c = engine.connect();
    c.set_isolation(az::isolation_level::autocommit);
    const std::string id = std::to_string(session);
    try {
        (void)c.execute(az::text(is_postgresql_ ? "SELECT pg_terminate_backend(" + id + ")" : "KILL " + id));
    } catch (const az::operational_error&) {  // MariaDB says so where it is gone already: its pool could not reset it
    }
    await_end(session);
}

void target::await_end(std::int64_t session) const {
    const auto engine = open();
    auto c = engine.connect();
    c.set_isolation(az::isolation_level::autocommit);
    const std::string from = is_postgresql_ ? "pg_stat_activity WHERE pid = " : "information_schema.processlist WHERE id = ";
    for (int tries = 0; tries < 500; ++tries) {
        if (number_of(c, "SELECT count(*) FROM " + from + std::to_string(session)) == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    FAIL("the session " << session << " lives on");
}

std::int64_t target::sessions() const {
    const auto engine = open();
    auto c = engine.connect();
    return number_of(c, is_postgresql_
                            ? "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user"
                            : "SELECT count(*) FROM information_schema.processlist WHERE user = substring_index(user(), '@', 1)");
}

numbers_table::numbers_table(const target& on, std::int64_t rows)
    : engine_{on.open({.pool = {.pre_ping = true}, .pool_kind_said = true})}, table_{make_numbers()} {  // its server may be restarted
    az::metadata{{table_}}.create_all(engine_);
    engine_.begin([&](az::connection& c) {
        for (std::int64_t i = 1; i <= rows; ++i) c.execute(add(i, 0));
    });
}

numbers_table::~numbers_table() {
    try {
        engine_.pool().close();
        const auto fresh = az::create_engine(engine_.url(), {.log = nullptr});
        az::metadata{{table_}}.drop_all(fresh);
    } catch (const std::exception& e) {
        WARN("the table " << table_.name() << " stays: " << e.what());
    }
}

std::vector<std::int64_t> numbers_table::ids() const {
    auto c = engine_.connect();
    return c.execute(all_ids()).scalars();
}

void run_endless(az::connection& c, const az::execution_options& options) {
    const auto query =
        az::text("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT count(*) FROM n a, n b, n c, n d");
    (void)c.execute(query, {}, options).scalar<std::int64_t>();
}

}  // namespace faults
