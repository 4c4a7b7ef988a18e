// expect: belong to different families
#include "shop.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::col<&package::released> > az::parse_date("2024-01-01"));
#else
    static_cast<void>(az::col<&package::released> > "2024-01-01");
#endif
}
