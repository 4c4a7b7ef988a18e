#include "cleaning.hpp"

#include <chrono>
#include <thread>

namespace azoth::conformance {
namespace {

/// How long dropping one thing may take: a lock that a failed case has left behind must not stop the suite.
constexpr std::chrono::seconds patience{10};
/// ... and how long it is tried again where that can help.
constexpr std::chrono::seconds persistence{2};

azoth::engine engine_for(const url& target) {
    engine_options options;
    options.log = {};
    options.statement_timeout = patience;
    options.control_timeout = patience;
    return create_engine(target, options);
}

std::string name_of(const metadata& tables) {
    const auto sorted = tables.sorted_tables();
    return sorted.empty() ? "no table" : "table " + sorted.front().name();
}

}  // namespace

cleaning::cleaning(const url& target) : db_{engine_for(target)} {}

/// Who drops a table beside other cases may be the victim of a deadlock, and in SQLite finds its transaction in the way of another's.
void cleaning::persist(const std::function<void()>& work) {
    for (const deadline until = deadline::after(persistence);; std::this_thread::sleep_for(std::chrono::milliseconds{20})) {
        try {
            return work();
        } catch (const error& e) {
            if (!e.is_retryable() || until.has_passed()) throw;
        }
    }
}

void cleaning::attempt(const std::string& what, const std::function<void()>& work) {
    try {
        persist(work);
    } catch (const std::exception& e) {
        left_.push_back(fmt::format("{}: {}", what, e.what()));
    }
}

void cleaning::roll_back_prepared(const std::function<bool(const std::string&)>& wanted) {
    attempt("two-phase transactions", [&] {
        connection on = db_.connect();
        if (!on.server_profile().can.two_phase) return;
        for (const auto& id : on.prepared_transactions())
            if (wanted(id)) on.rollback_prepared(id);
    });
}

void cleaning::run(const std::string& sql) {
    attempt(sql, [&] {
        connection on = db_.connect();
        on.set_isolation(isolation_level::autocommit);  // some databases end a transaction when they drop something
        on.execute(text(sql));
    });
}

void cleaning::drop(const metadata& tables) {
    attempt(name_of(tables), [&] { tables.drop_all(db_); });
}

std::vector<std::string> cleaning::tables_with(const std::string& prefix) const {
    std::vector<std::string> found;
    db_.with_executor([&](executor& on) {
        for (auto& name : on.reflect().table_names({}))
            if (name.starts_with(prefix)) found.push_back(std::move(name));
    });
    return found;
}

void cleaning::drop_forgotten(const std::string& prefix) {
    std::vector<std::string> names;
    attempt(fmt::format("tables named {}…", prefix), [&] { names = tables_with(prefix); });
    for (const auto& name : names) {
        left_.push_back(fmt::format("table {}: the case made it and never dropped it", name));
        attempt("table " + name, [&] { metadata{{table{name, {column("id", type_kind::integer)}}}}.drop_all(db_); });
    }
}

bool cleaning::drops(const metadata& tables) {
    try {
        tables.drop_all(db_);
        return true;
    } catch (const error&) {
        return false;
    }
}

}  // namespace azoth::conformance
