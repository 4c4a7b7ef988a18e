#include "bank.hpp"
#include "expect.hpp"
#include "parts.hpp"

namespace azoth::conformance {
namespace {

/// Writes down what an engine tells, in a word each.
class diary {
public:
    explicit diary(const engine& of) : kept_{of.subscribe(handlers())} {}
    diary(const diary&) = delete;
    diary& operator=(const diary&) = delete;
    /// ... since it was last asked.
    [[nodiscard]] std::string read() {
        std::string told;
        told.swap(told_);
        return told;
    }
    [[nodiscard]] const std::string& sql() const noexcept { return sql_; }
    [[nodiscard]] const std::string& parameters() const noexcept { return parameters_; }
    [[nodiscard]] const std::string& operation() const noexcept { return operation_; }
    [[nodiscard]] std::int64_t affected() const noexcept { return affected_; }
    [[nodiscard]] errc failure() const noexcept { return failure_; }

private:
    void note(std::string_view word) { told_ += (told_.empty() ? "" : " ") + std::string{word}; }
    event_handlers handlers() {
        event_handlers h;
        h.connect = [this](const profile&) { note("connect"); };
        h.checkout = [this] { note("checkout"); };
        h.checkin = [this] { note("checkin"); };
        h.invalidate = [this](std::string_view) { note("invalidate"); };
        h.begin = [this] { note("begin"); };
        h.commit = [this] { note("commit"); };
        h.rollback = [this] { note("rollback"); };
        h.before_execute = [this](const execution_event& e) {
            note("before");
            sql_ = e.sql;
            parameters_ = e.parameters;
            operation_ = e.operation;
        };
        h.after_execute = [this](const execution_event& e) {
            note("after");
            affected_ = e.affected_rows;
        };
        h.failed = [this](const execution_event& e) {
            note("failed");
            failure_ = e.failure ? e.failure->code() : errc{};
        };
        return h;
    }
    std::string told_{};
    std::string sql_{};
    std::string parameters_{};
    std::string operation_{};
    std::int64_t affected_{};
    errc failure_{};
    subscription kept_;
};

void told_in_order(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    diary events{db};
    {
        connection c = db.connect();
        CHECK(events.read() == "connect checkout");
        b.open(c, 3);
        CHECK(events.read() == "begin before after");
        c.commit();
        CHECK(events.read() == "commit");
    }
    CHECK(events.read() == "checkin");
    {
        connection c = db.connect();
        CHECK(b.balance(c, 1) == 100);
    }
    CHECK(events.read() == "checkout begin before after rollback checkin");
}

void failure_is_told(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    connection c = db.connect();
    diary events{db};
    (void)thrown<unique_violation>([&] { b.open(c, 1); });
    CHECK(events.read() == "begin before failed");
    CHECK(events.failure() == errc::unique_violation);
    c.rollback();
    CHECK(events.read() == "rollback");
    c.invalidate("the case does not trust it");
    CHECK(events.read() == "invalidate");
}

void statement_is_told(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    connection c = db.connect();
    diary events{db};
    b.open(c, 3, 271828);
    CHECK(events.operation() == "INSERT");
    CHECK(contains_name(events.sql(), b.accounts().name()));
    CHECK(contains(events.parameters(), "271828"));
    CHECK(events.affected() == 1);
    (void)c.execute(b.ids()).scalars();
    CHECK(events.operation() == "SELECT");
    run(c, "DELETE FROM " + b.accounts().name());
    CHECK(events.operation() == "DELETE");
    CHECK(events.affected() == 3);
}

void transactions_are_told(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    diary events{db};
    db.begin([&](connection& c) { b.open(c, 3); });
    CHECK(events.read() == "connect checkout begin before after commit checkin");
    connection c = db.connect();
    c.set_isolation(isolation_level::autocommit);
    b.open(c, 4);
    CHECK(events.read() == "checkout before after");
}

void refusal_of_event(context& on) {
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        event_handlers handlers;
        handlers.before_execute = [](const execution_event&) { throw std::domain_error{"not today"}; };
        const subscription guard = db.subscribe(std::move(handlers));
        connection c = db.connect();
        CHECK_THROWS_AS(b.open(c, 3), std::domain_error);
    }
    connection c = db.connect();
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

}  // namespace

std::vector<test_case> areas::parts::events() {
    return {
        {"connection/events", "what happens to a connection is told, in order", {}, told_in_order},
        {"connection/events-failure", "a failure, its rollback and an invalidation are told", {}, failure_is_told},
        {"connection/events-statement", "statements are told with operation, parameters and affected rows", {}, statement_is_told},
        {"connection/events-transactions", "engine.begin tells one transaction, autocommit none", {}, transactions_are_told},
        {"connection/events-refusal", "an exception from a handler reaches the caller, and nothing has run", {}, refusal_of_event},
    };
}

}  // namespace azoth::conformance
