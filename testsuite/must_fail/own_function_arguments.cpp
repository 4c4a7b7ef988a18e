// expect: this function takes another number of arguments
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::sql_function<int(std::string)>{"f"}(az::col<&package::name>));
#else
    static_cast<void>(az::sql_function<int(std::string)>{"f"}(az::col<&package::name>, 5));
#endif
}
