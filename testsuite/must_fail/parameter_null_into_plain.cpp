// expect: a value that can be NULL cannot be assigned
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::update<package>().set(az::col<&package::name>, az::param<std::string>("n")));
#else
    static_cast<void>(az::update<package>().set(az::col<&package::name>, az::param<std::optional<std::string>>("n")));
#endif
}
