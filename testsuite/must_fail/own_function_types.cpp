// expect: text cannot be compared with a number
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::sql_function<int(std::string)>{"f"}(az::col<&package::name>));
#else
    static_cast<void>(az::sql_function<int(std::string)>{"f"}(az::col<&package::id>));
#endif
}
