// azoth-conformance with cases of its own that misbehave: what the program makes of each is checked by testsuite/checks/planted.py.
#include <azoth/azoth.hpp>
#include <azoth/conformance/context.hpp>
#include <azoth/conformance/program.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace {

using namespace azoth;
using conformance::claim;
using conformance::context;
using conformance::refusal;

constexpr claim unclaimed{"nothing", [](const profile&) { return false; }};
constexpr claim unclaimed_value{"no_value", [](const profile&) { return false; }, refusal::value};
constexpr claim unclaimed_quietly{"no_name", [](const profile&) { return false; }, refusal::none};

table make(context& on) { return on.make_table("rogue", {column("id", type_kind::integer, primary_key), column("name", string(20))}); }

void insert_one(context& on, const table& into) {
    on.engine().begin([&](connection& c) { (void)c.execute(insert(into).set(into["name"], "one")); });
}

void passes(context& on) {
    const table t = make(on);
    insert_one(on, t);
    CHECK(on.connect().scalar(select(func::count()).select_from(t)) == 1);
}
void fails(context& on) {
    const table t = make(on);
    insert_one(on, t);
    INFO("one row was inserted");
    CHECK(on.connect().scalar(select(func::count()).select_from(t)) == 2);
}
void asserts_nothing(context& on) { (void)make(on); }
void throws(context& on) { (void)on.connect().execute(text("SELECT nonsense FROM nowhere")); }
void fails_in_sections(context&) {
    SECTION("one") { CHECK(1 + 1 == 3); }
    SECTION("two") { CHECK(2 + 2 == 5); }
}
void crashes(context& on) {
    (void)make(on);
    CHECK(on.can().transactions);
    (void)std::raise(SIGSEGV);
}
void aborts(context& on) {
    (void)make(on);
    std::abort();
}
void exits(context& on) {
    (void)make(on);
    std::_Exit(3);
}
void hangs(context& on) {
    (void)make(on);
    CHECK(on.can().transactions);
    std::this_thread::sleep_for(std::chrono::hours{1});
}
/// Leaves a transaction open on a connection that outlives it.
void locks(context& on) {
    static std::vector<connection> kept;
    const table t = make(on);
    kept.push_back(on.connect());
    (void)kept.back().execute(insert(t).set(t["name"], "one"));
    CHECK(kept.back().in_transaction());
}
void leaves(context& on) {
    on.at_end("DROP TABLE azc_never_made");
    CHECK(on.can().transactions);
}
/// Made with raw SQL, and nobody told of it.
void forgets(context& on) {
    const std::string name = on.unique_name("forgotten");
    on.engine().begin([&](connection& c) { (void)c.execute(text("CREATE TABLE " + name + " (n INTEGER)")); });
    CHECK(on.can().transactions);
}
void fails_and_declines(context& on) {
    CHECK(1 + 1 == 3);
    on.decline("nobody told of a second user");
}
void declines(context& on) { on.decline("nobody told of a second user"); }
void is_refused(context&) { throw_error(errc::not_supported, "this database cannot"); }
void refuses_value(context&) { throw_error(errc::value_range, "such a value cannot be"); }
void is_refused_in_assertion(context&) {
    const auto value = []() -> int { throw_error(errc::not_supported, "this database cannot"); };
    REQUIRE(value() == 1);
}

const conformance::test_case cases[] = {
    {"rogue/passes", "a row is there", {}, passes},
    {"rogue/fails", "two rows are there", {}, fails},
    {"rogue/asserts-nothing", "something is asserted", {}, asserts_nothing},
    {"rogue/throws", "nothing is thrown", {}, throws},
    {"rogue/sections", "every section is run", {}, fails_in_sections},
    {"rogue/crashes", "the process lives", {}, crashes},
    {"rogue/aborts", "the process lives", {}, aborts},
    {"rogue/exits", "the process lives", {}, exits},
    {"rogue/hangs", "the case ends", {}, hangs},
    {"rogue/locks", "nothing is locked at the end", {}, locks},
    {"rogue/leaves", "nothing is left behind", {}, leaves},
    {"rogue/forgets", "nothing is left behind", {}, forgets},
    {"rogue/declines", "it can decide", {}, declines},
    {"rogue/fails-and-declines", "it can decide", {}, fails_and_declines},
    {"rogue/unclaimed", "refused, and rightly", unclaimed, is_refused},
    {"rogue/unclaimed-in-assertion", "refused, and rightly", unclaimed, is_refused_in_assertion},
    {"rogue/unclaimed-value", "refused, and rightly", unclaimed_value, refuses_value},
    {"rogue/unclaimed-quietly", "does not work", unclaimed_quietly, fails},
    {"rogue/over-delivers", "works and is not claimed", unclaimed, passes},
    {"rogue/over-delivers-quietly", "works and is not claimed", unclaimed_quietly, passes},
    {"rogue/not-refused", "not claimed, not refused, and wrong", unclaimed, fails},
    {"rogue/refused-otherwise", "not claimed, and refused with another error", unclaimed_value, is_refused},
    {"rogue/claimed-and-refused", "claimed, and refused", {}, is_refused},
    {"rogue/passes-again", "a row is there", {}, passes},
};

}  // namespace

int main(int argc, char** argv) { return conformance::run_program(argc, argv, cases); }
