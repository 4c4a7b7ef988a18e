#include "bank.hpp"
#include "expect.hpp"
#include "parts.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace azoth::conformance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A port of this machine where nobody answers: nobody listens there, or whoever does stays silent.
class dead_port {
public:
    explicit dead_port(bool listens) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(at);
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&at), size) == 0);
        REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
        if (listens) REQUIRE(::listen(socket_, 5) == 0);
        port_ = ntohs(at.sin_port);
    }
    ~dead_port() { ::close(socket_); }
    dead_port(const dead_port&) = delete;
    dead_port& operator=(const dead_port&) = delete;
    [[nodiscard]] url instead_of(const url& target) const { return target.with_host("127.0.0.1", port_); }

private:
    int socket_;
    std::uint16_t port_{};
};

/// What connecting there ends with; twice, since a pool must not be confused by the first time.
operational_error refused(const context& on, const url& where, engine_options options = {}) {
    const engine db = on.engine_on(where, std::move(options));
    (void)thrown<operational_error>([&] { (void)db.connect(); });
    const auto e = thrown<operational_error>([&] { (void)db.connect(); });
    CHECK(db.pool().metrics().open == 0);
    CHECK(dynamic_cast<const pool_exhausted*>(&static_cast<const error&>(e)) == nullptr);
    return e;
}

/// What the message says without the URL, which names everything.
std::string own_words(const error& e, const url& where) {
    std::string words = e.message();
    const std::string shown = where.to_string();
    if (const auto at = words.find(shown); at != std::string::npos) words.erase(at, shown.size());
    return words;
}

void check_no_password(const error& e, const url& where) {
    if (where.password().value_or("").size() < 4) return;  // too short to tell it from other words
    CHECK_FALSE(contains(e.what(), *where.password()));
}

void wrong_password(context& on) {
    needs_a_server(on);
    if (!on.target().password()) on.decline("the URL has no password: the server may trust everybody");
    const url where = on.target().with_password("azc-wrong-azc");
    const auto e = refused(on, where);
    CHECK(e.code() == errc::permission_denied);
    CHECK_FALSE(e.is_retryable());
    check_no_password(e, where);
}

void unknown_user(context& on) {
    needs_a_server(on);
    if (!on.target().password()) on.decline("the URL has no password: the server may trust everybody");
    const auto e = refused(on, on.target().with_user("azc_nobody"));
    CHECK(e.code() == errc::permission_denied);
    check_no_password(e, on.target());
}

void unknown_database(context& on) {
    // Behind the database's own name: users tend to have rights on what begins so.
    const std::string name = is_embedded(on) ? "/azc-no-such-folder/none.db" : on.target().database() + "_" + on.unique_name("none");
    const url where = on.target().with_database(name).without_option("mode");
    const auto e = refused(on, where);
    if (!is_embedded(on) && e.code() == errc::permission_denied) on.decline("the server tells this user nothing about other databases");
    CHECK(e.code() == errc::connect_failed);
    CHECK(contains(own_words(e, where), is_embedded(on) ? "/azc-no-such-folder" : name));
    check_no_password(e, where);
}

void nobody_listens(context& on) {
    needs_a_server(on);
    const dead_port port{false};
    const url where = port.instead_of(on.target());
    const stopwatch time;
    const auto e = refused(on, where);
    CHECK(e.code() == errc::connect_failed);
    CHECK(contains(own_words(e, where), "127.0.0.1"));
    CHECK(time.elapsed() < seconds{10});
    check_no_password(e, where);
}

void nobody_answers(context& on) {
    needs_a_server(on);
    const dead_port port{true};
    engine_options options;
    options.connect_timeout = milliseconds{500};
    const stopwatch time;
    const auto e = refused(on, port.instead_of(on.target()), options);
    CHECK((e.code() == errc::connect_failed || e.code() == errc::timeout));
    CHECK(time.elapsed() < seconds{10});
}

void unknown_option(context& on) {
    const auto e = thrown<url_error>([&] { (void)on.engine_on(on.target().with_option("azc_no_such_option", "1")); });
    CHECK(e.code() == errc::url_option);
    CHECK(contains(e.message(), "azc_no_such_option"));
}

/// The connection below is closed behind the engine's back. Connections that break by themselves: hung_up().
error lose(const bank& b, connection& c) {
    c.driver().close();
    const error e = thrown<error>([&] { (void)b.content(c); });
    INFO(e.what());
    CHECK((e.is_disconnect() || e.code() == errc::closed));
    CHECK((e.code() == errc::disconnected || e.code() == errc::closed));
    return e;
}

void lost_connection_is_replaced(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        CHECK(b.content(c) == bank::untouched);
        c.commit();
        (void)lose(b, c);
        c.rollback();
    }
    for (int i = 0; i < 3; ++i) {
        connection c = db.connect();
        CHECK(b.content(c) == bank::untouched);
    }
    CHECK(db.pool().metrics().open == 1);
}

void lost_transaction_is_undone(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        transaction t = c.begin();
        b.open(c, 3);
        (void)lose(b, c);
        (void)thrown<error>([&] { t.commit(); });
    }
    connection c = db.connect();
    CHECK(b.content(c) == bank::untouched);
    b.open(c, 4);
    c.commit();
    CHECK(b.content(c) == "1:100 2:100 4:0");
}

void lost_result(context& on) {
    needs_more_connections(on);
    const bank b{on};
    const engine db = engine_of_one(on);
    {
        connection c = db.connect();
        auto rows = c.execute(b.ids());
        CHECK(rows.partition(1).size() == 1);
        (void)lose(b, c);
    }
    connection c = db.connect();
    CHECK(b.content(c) == bank::untouched);
}

void ping_finds_lost_connection(context& on) {
    needs_more_connections(on);
    const engine db = engine_of_one(on);
    connection c = db.connect();
    c.driver().close();
    (void)thrown<error>([&] { c.ping(); });
    c.close();
    connection next = db.connect();
    next.ping();
    CHECK_FALSE(next.in_transaction());
}

}  // namespace

std::vector<test_case> areas::parts::connecting() {
    return {
        {"connection/wrong-password", "a wrong password is refused, and told to nobody", {}, wrong_password},
        {"connection/unknown-user", "an unknown user is refused", {}, unknown_user},
        {"connection/unknown-database", "an unknown database is refused by name", {}, unknown_database},
        {"connection/unreachable", "a port where nobody listens: connect-failed at once", {}, nobody_listens},
        {"connection/silent", "a server that does not answer: an error when the time is up", {}, nobody_answers},
        {"connection/unknown-option", "an option that the driver does not know is refused by name", {}, unknown_option},
        {"connection/lost", "a lost connection says so, and the pool replaces it", {}, lost_connection_is_replaced},
        {"connection/lost-transaction",
         "a transaction on a lost connection does not commit, and nothing of it stays",
         {},
         lost_transaction_is_undone},
        {"connection/lost-result", "a lost connection with a half-read result is replaced", {}, lost_result},
        {"connection/lost-ping", "ping finds out that the connection is lost", {}, ping_finds_lost_connection},
    };
}

}  // namespace azoth::conformance
