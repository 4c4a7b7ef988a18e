// What a careful programmer writes over libmariadb: statements prepared once for each connection, values bound in place.
#include "tpcb.hpp"

#include <mysql.h>
#include <mysqld_error.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace tpcb {
namespace {

struct closer {
    void operator()(MYSQL* c) const { mysql_close(c); }
    void operator()(MYSQL_STMT* s) const { mysql_stmt_close(s); }
};

/// A failure, and whether the whole transaction may be tried again.
class failure : public std::runtime_error {
public:
    failure(const char* text, unsigned code) : std::runtime_error{text}, code_{code} {}
    [[nodiscard]] bool is_retryable() const noexcept { return code_ == ER_LOCK_DEADLOCK || code_ == ER_LOCK_WAIT_TIMEOUT; }

private:
    unsigned code_;
};

class statement {
public:
    statement(MYSQL* c, const std::string& sql, std::initializer_list<std::int32_t*> values, std::int32_t* result = nullptr)
        : made_{mysql_stmt_init(c)}, returns_{result != nullptr} {
        check(mysql_stmt_prepare(made_.get(), sql.data(), sql.size()));
        std::array<MYSQL_BIND, 4> binds{};
        std::size_t i = 0;
        for (std::int32_t* v : values) binds[i++] = bind(v);
        check(mysql_stmt_bind_param(made_.get(), binds.data()));
        MYSQL_BIND into = bind(result);
        if (returns_) check(mysql_stmt_bind_result(made_.get(), &into));
    }
    void run() {
        check(mysql_stmt_execute(made_.get()));
        if (!returns_) return;
        check(mysql_stmt_fetch(made_.get()));
        check(mysql_stmt_free_result(made_.get()));
    }

private:
    static MYSQL_BIND bind(std::int32_t* value) {
        MYSQL_BIND b{};
        b.buffer_type = MYSQL_TYPE_LONG;
        b.buffer = value;
        return b;
    }
    void check(int code) {
        if (code != 0) throw failure{mysql_stmt_error(made_.get()), mysql_stmt_errno(made_.get())};
    }
    std::unique_ptr<MYSQL_STMT, closer> made_;
    bool returns_;
};

/// A connection with its statements. Not movable: values are bound by their places.
class client {
public:
    explicit client(const azoth::url& to) : made_{open(to)} {}
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    /// How often it was begun.
    int run(const draw& d) {
        now_ = d;
        for (int begun = 1;; ++begun) {
            try {
                transfer();
                return begun;
            } catch (const failure& e) {
                mysql_rollback(made_.get());
                if (!e.is_retryable()) throw;
            }
        }
    }

private:
    static std::unique_ptr<MYSQL, closer> open(const azoth::url& to) {
        std::unique_ptr<MYSQL, closer> made{mysql_init(nullptr)};
        const auto& host = to.hosts().front();
        const bool socket = host.is_socket();
        if (!mysql_real_connect(made.get(), socket ? "localhost" : host.name.c_str(), to.user().value_or("").c_str(),
                                to.password().value_or("").c_str(), to.database().c_str(), host.port, socket ? host.name.c_str() : nullptr,
                                0))
            throw std::runtime_error(mysql_error(made.get()));
        return made;
    }
    void query(std::string_view sql) {
        if (mysql_real_query(made_.get(), sql.data(), sql.size()) != 0) throw failure{mysql_error(made_.get()), mysql_errno(made_.get())};
    }
    void transfer() {
        query("START TRANSACTION");
        account_.run();
        balance_.run();
        teller_.run();
        branch_.run();
        history_.run();
        query("COMMIT");
    }

    std::unique_ptr<MYSQL, closer> made_;
    draw now_{};
    std::int32_t balance_found_{};
    statement account_{made_.get(), "UPDATE pgbench_accounts SET abalance = abalance + ? WHERE aid = ?", {&now_.delta, &now_.aid}};
    statement balance_{made_.get(), "SELECT abalance FROM pgbench_accounts WHERE aid = ?", {&now_.aid}, &balance_found_};
    statement teller_{made_.get(), "UPDATE pgbench_tellers SET tbalance = tbalance + ? WHERE tid = ?", {&now_.delta, &now_.tid}};
    statement branch_{made_.get(), "UPDATE pgbench_branches SET bbalance = bbalance + ? WHERE bid = ?", {&now_.delta, &now_.bid}};
    statement history_{made_.get(),
                       "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)",
                       {&now_.tid, &now_.bid, &now_.aid, &now_.delta}};
};

outcome run_client(const azoth::url& to, const load& how) {
    std::vector<std::unique_ptr<client>> clients;
    for (std::size_t i = 0; i < how.connections; ++i) clients.push_back(std::make_unique<client>(to));
    return run_threads(how, [&](std::size_t thread, const draw& d) { return clients[thread]->run(d); });
}

}  // namespace

contender mariadb_contender(const azoth::url& to) {
    return {"libmariadb", [=](const load& how) { return run_client(to, how); }};
}

}  // namespace tpcb
