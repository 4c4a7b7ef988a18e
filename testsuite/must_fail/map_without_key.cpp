// expect: say by which member a many_map finds its objects
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    az::table_map<book>("book").relation<&book::editions>(orm::keyed_by<&edition::language>);
#else
    az::table_map<book>("book").relation<&book::editions>();
#endif
}
