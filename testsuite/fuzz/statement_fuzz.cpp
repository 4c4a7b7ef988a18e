// Random statements: two share their SQL only where both would compile to it, in every dialect; and compiling throws typed errors only.
#include <properties/sharing_property.hpp>

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static properties::sharing_property property;
    const std::string problem = properties::check_changed(property, {data, size});
    if (problem.empty()) return 0;
    std::fprintf(stderr, "%s\n", problem.c_str());
    std::abort();
}
