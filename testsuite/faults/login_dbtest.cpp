// What can go wrong before the first statement.
#include "fault_support.hpp"

#include <support/network_proxy.hpp>

namespace {

using namespace faults;
using namespace std::chrono_literals;

/// The names that a driver gives to checking the server's certificate and to its authority's file.
az::url verified(const target& on, const std::string& authority) {
    if (on.is_postgresql()) return on.parsed().with_option("sslmode", "verify-full").with_option("sslrootcert", authority);
    return on.parsed().with_option("ssl-mode", "verify-full").with_option("ssl-ca", authority);
}

az::url encrypted(const target& on) {
    return on.is_postgresql() ? on.parsed().with_option("sslmode", "require") : on.parsed().with_option("ssl-mode", "required");
}

/// Connects in vain; the message names neither the password nor nothing.
az::error refused(const az::url& to) {
    const auto engine = target::open(to, {.connect_timeout = std::chrono::seconds{5}});
    auto e = thrown<az::error>([&] { (void)engine.connect(); });
    CHECK_THAT(std::string{e.what()}, !Catch::Contains("p@ss") && !Catch::Contains("p%40ss"));
    CHECK(e.message().size() > 20);
    CHECK(engine.pool().metrics().open == 0);
    return e;
}

/// The server with another certificate, until the end of the test.
class certificate {
public:
    certificate(const target& on, const std::string& kind) : server_{on.server().name} { use(kind); }
    ~certificate() {
        try {
            use("good");
        } catch (const std::exception& e) {
            WARN(e.what());
        }
    }
    certificate(const certificate&) = delete;
    certificate& operator=(const certificate&) = delete;

private:
    void use(const std::string& kind) const { support::control_servers("restart " + server_ + " --certificate " + kind); }
    std::string server_;
};

/// Some client libraries cannot check certificates at all: their drivers refuse the option in place of pretending.
bool can_verify(const target& on) {
    try {
        (void)target::open(verified(on, on.server().ca));
        return true;
    } catch (const az::error& e) {
        CHECK((e.code() == az::errc::url_option || e.code() == az::errc::not_supported));
        WARN("skipped: " << on.parsed().driver() << " cannot verify certificates, and says so: " << e.message());
        return false;
    }
}

}  // namespace

TEST_CASE("a wrong password") {
    on_each([](const target& on) { CHECK(refused(on.parsed().with_password("wrong")).code() == az::errc::permission_denied); });
}

TEST_CASE("an unknown user") {
    on_each([](const target& on) { CHECK(refused(on.parsed().with_user("nobody_of_that_name")).code() == az::errc::permission_denied); });
}

TEST_CASE("an unknown database") {
    on_each([](const target& on) {
        const auto e = refused(on.parsed().with_database("azoth_no_such_database"));
        CHECK(e.code() == az::errc::connect_failed);
        CHECK_THAT(e.message(), Catch::Contains("azoth_no_such_database"));
    });
}

TEST_CASE("nobody listens") {
    on_each([](const target& on) {
        std::uint16_t free_port = 0;
        { free_port = support::network_proxy{"127.0.0.1", 1}.port(); }
        CHECK(refused(on.parsed().with_host("127.0.0.1", free_port)).code() == az::errc::connect_failed);
        CHECK(refused(on.parsed().with_host("no-such-host.invalid")).code() == az::errc::connect_failed);
    });
}

TEST_CASE("TLS: required and there") {
    on_each([](const target& on) { CHECK(target::open(encrypted(on)).connect().execute(az::text("SELECT 1")).scalar<int>() == 1); });
}

TEST_CASE("TLS: verified against the right authority, and refused with another's") {
    on_each([](const target& on) {
        if (!can_verify(on)) return;
        CHECK(target::open(verified(on, on.server().ca)).connect().execute(az::text("SELECT 1")).scalar<int>() == 1);
        CHECK(refused(verified(on, on.server().other_ca)).code() == az::errc::connect_failed);
        CHECK(refused(verified(on, "/no/such/file.pem")).code() == az::errc::connect_failed);
    });
}

TEST_CASE("TLS: required and not offered") {
    on_each([](const target& on) {
        const certificate none{on, "none"};
        CHECK(refused(encrypted(on)).code() == az::errc::connect_failed);
        if (can_verify(on)) CHECK(refused(verified(on, on.server().ca)).code() == az::errc::connect_failed);
    });
}

TEST_CASE("TLS: a certificate for another host") {
    on_each([](const target& on) {
        if (!can_verify(on)) return;
        const certificate other{on, "wrong-host"};
        CHECK(refused(verified(on, on.server().ca)).code() == az::errc::connect_failed);
        CHECK(target::open(encrypted(on)).connect().execute(az::text("SELECT 1")).scalar<int>() == 1);  // nobody asked who it is
    });
}

TEST_CASE("TLS: an expired certificate") {
    on_each([](const target& on) {
        if (!can_verify(on)) return;
        const certificate expired{on, "expired"};
        CHECK(refused(verified(on, on.server().ca)).code() == az::errc::connect_failed);
    });
}
