// The conformance suite with a case of a third party's.
#include <azoth/conformance/context.hpp>
#include <azoth/conformance/program.hpp>

#include <catch2/catch.hpp>

namespace {

using namespace azoth;

void starts_empty(conformance::context& on) {
    const table made = on.make_table("own", {column("id", type_kind::integer, primary_key)});
    CHECK(on.connect().scalar(select(func::count()).select_from(made)) == 0);
}

const conformance::test_case cases[] = {{"own/starts-empty", "a new table has no rows", {}, starts_empty}};

}  // namespace

int main(int argc, char** argv) { return conformance::run_program(argc, argv, cases); }
