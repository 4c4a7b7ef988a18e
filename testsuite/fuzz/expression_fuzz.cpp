// Random expressions: what SQLite computes from the compiled SQL is what the tree means.
#include <properties/expression_property.hpp>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace properties;

/// Kept until the process ends, as the inputs come.
expression_property& property() {
    static az::engine engine = [] {
        az::engine_options quiet;
        quiet.log = nullptr;
        az::engine made = az::create_engine("sqlite://?case_sensitive_like=on", std::move(quiet));
        fill_sample(made);
        return made;
    }();
    static az::connection connection = engine.connect();
    static expression_property made{connection};
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const choices input{data, data + size};
    const std::string problem = property().check({&input, 1});
    if (problem.empty()) return 0;
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
}
