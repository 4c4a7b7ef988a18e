// Dialects that are another one but for what they override, on real databases.
#include <azoth/azoth.hpp>
#include <azoth/dialect.hpp>

#include <support/network_proxy.hpp>
#include <support/temporary_folder.hpp>
#include <support/test_servers.hpp>
#include <support/thrown.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

namespace az = azoth;
using support::thrown;

/// Says that it is another server, keeps what it asked to find that out, and takes back what it cannot.
class lookalike final : public az::derived_dialect {
public:
    lookalike(std::string_view base, const std::string& name) : derived_dialect{base, name, "copy"} {
        own_rules().identifiers.max_length = 20;
        own_info().options.push_back({"colour", "of its logo", {"red", "blue"}});
    }
    [[nodiscard]] std::unique_ptr<az::reflector> make_reflector(az::executor& through) const override {
        return reflects ? derived_dialect::make_reflector(through) : nullptr;
    }
    bool reflects{true};

protected:
    [[nodiscard]] az::url base_url(const az::url& target) const override { return target.without_option("colour"); }
    void identify(az::profile& found, az::driver_connection* server) const override {
        found.server = "Lookalike";
        found.server_version = server ? ask(*server, "SELECT 'seven and more'") : "seven";
        found.version = 7'00'00;
    }
    void claim(az::profile& found) const override {
        if (found.version >= 7'00'00) found.can.recursive_ctes = false;
    }
};

constexpr const char* bases[]{"sqlite+sqlite3", "postgresql+libpqxx", "mysql+connector", "mariadb+libmariadb"};
std::string name_of(std::size_t base) { return "lookalike_" + std::string{bases[base]}.substr(0, std::string_view{bases[base]}.find('+')); }
template <int N>
std::unique_ptr<az::dialect> make_lookalike() {
    return std::make_unique<lookalike>(bases[N], name_of(N));
}

void register_all() {
    static const bool once = [] {
        constexpr az::dialect_factory factories[]{&make_lookalike<0>, &make_lookalike<1>, &make_lookalike<2>, &make_lookalike<3>};
        for (std::size_t i = 0; i < std::size(bases); ++i)
            az::dialect_registry::instance().add_static(
                {.dialect = name_of(i), .driver = "copy", .version = "1", .is_default_driver = true}, factories[i]);
        return true;
    }();
    (void)once;
}

/// Every database under test by its lookalike's name, and by its own.
struct pair {
    az::url own;
    az::url derived;
};
std::vector<pair> pairs(const std::string& file) {
    register_all();
    std::vector<std::string> urls = support::test_urls();
    if (urls.empty()) WARN("skipped on servers: AZOTH_TEST_URLS names none");
    urls.push_back("sqlite+sqlite3:///" + file);
    std::vector<pair> all;
    for (const auto& text : urls) {
        const az::url own = az::url::parse(text);
        for (std::size_t i = 0; i < std::size(bases); ++i)
            if (own.scheme() == bases[i]) all.push_back({own, own.with_dialect(name_of(i))});
    }
    return all;
}

az::engine open(const az::url& to) { return az::create_engine(to, {.log = nullptr}); }

std::int64_t answer(az::connection& on) { return on.scalar(az::select(az::literal(std::int64_t{42}))); }

}  // namespace

TEST_CASE("a derived dialect connects as its base, and says which server it found and what that can") {
    const support::temporary_folder folder;
    for (const auto& [own, derived] : pairs(folder.file("derived.db"))) {
        INFO(derived.scheme());
        auto base = open(own).connect();
        auto c = open(derived.with_option("colour", "red")).connect();
        const az::profile& p = c.server_profile();
        CHECK(p.dialect == derived.dialect());
        CHECK(p.driver == "copy");
        CHECK(p.server == "Lookalike");
        CHECK(p.server_version == "seven and more");
        CHECK(p.version == 70000);
        CHECK(p.compatible_server == base.server_profile().server);
        CHECK(p.compatible_version == base.server_profile().version);
        CHECK(p.can.ctes == base.server_profile().can.ctes);
        CHECK(base.server_profile().can.recursive_ctes);
        CHECK_FALSE(p.can.recursive_ctes);
        CHECK(answer(c) == 42);
    }
}

TEST_CASE("a derived dialect's options and rules are its own, and the base's are checked by the base") {
    const support::temporary_folder folder;
    for (const auto& [own, derived] : pairs(folder.file("derived.db"))) {
        INFO(derived.scheme());
        CHECK(thrown<az::url_error>([&, to = derived] { open(to.with_option("colour", "green")); }).code() == az::errc::url_option);
        CHECK(thrown<az::url_error>([&, to = own] { open(to.with_option("colour", "red")); }).code() == az::errc::url_option);
        auto c = open(derived).connect();
        const std::string long_name = "a_name_of_25_characters_xx";
        const az::table t{long_name, {az::column("id", az::type_kind::integer)}};
        CHECK(thrown<az::programming_error>([&] { (void)c.execute(az::create_table(t)); }).code() == az::errc::statement);
    }
}

TEST_CASE("a derived dialect reads the catalogue as its base does for the server that it stands for") {
    const support::temporary_folder folder;
    for (const auto& [own, derived] : pairs(folder.file("derived.db"))) {
        INFO(derived.scheme());
        const az::table made{"derived_thing",
                             {az::column("id", az::type_kind::integer, az::primary_key), az::column("name", az::string(20)),
                              az::column("sum", az::type_kind::integer, az::server_default("1 + 1"))}};
        const az::metadata all{{made}};
        const auto engine = open(derived);
        all.drop_all(engine);
        all.create_all(engine);
        const auto read = [](const az::engine& by) {
            az::metadata found;
            found.reflect(by, {.names = {"derived_thing"}});
            return found.definition().tables;
        };
        const auto by_derived = read(engine);
        const auto by_base = read(open(own));
        REQUIRE(by_derived.size() == 1);
        REQUIRE(by_base.size() == 1);
        REQUIRE(by_derived[0]->details.size() == 3);
        for (std::size_t i = 0; i < 3; ++i) CHECK(by_derived[0]->details[i].native_type == by_base[0]->details[i].native_type);
        CHECK(by_derived[0]->primary_key == std::vector<std::string>{"id"});
        all.drop_all(engine);
    }
}

TEST_CASE("a server that its base would refuse for its version is a derived dialect's own affair") {
    register_all();
    if (support::test_urls().empty()) WARN("skipped: AZOTH_TEST_URLS names no server; tools/servers starts them");
    for (const auto& text : support::test_urls()) {
        const auto at = support::server_of(text);
        const az::url own = az::url::parse(text);
        const bool is_postgresql = at.name == "postgresql";
        INFO(own.scheme());
        // What it says of itself begins with its version: of a server of the same length that is too old.
        const std::string version = open(own).connect().server_profile().server_version.substr(0, 6);
        const std::string older = is_postgresql ? "9.0" : "10.02.";
        support::network_proxy proxy{at.host, at.port};
        proxy.misquote(version.substr(0, older.size()), older);
        const az::url old = own.with_host("127.0.0.1", proxy.port())
                                .with_option(is_postgresql ? "sslmode" : "ssl-mode", is_postgresql ? "disable" : "disabled");
        const auto refused = thrown<az::operational_error>([&] { (void)open(old).connect(); });
        CHECK(refused.code() == az::errc::connect_failed);
        CHECK_THAT(refused.what(), Catch::Contains("or newer"));
        auto c = open(old.with_dialect("lookalike_" + own.scheme().substr(0, own.scheme().find('+')))).connect();
        CHECK(c.server_profile().version == 70000);
        CHECK(c.server_profile().compatible_version < 10'05'00);
        CHECK(answer(c) == 42);
    }
}
