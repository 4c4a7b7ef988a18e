// expect: is said of an az::orm::many_map
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    az::table_map<book>("book").relation<&book::all>(orm::order_by<&edition::language>);
#else
    az::table_map<book>("book").relation<&book::all>(orm::keyed_by<&edition::language>);
#endif
}
