// expect: names a member of another struct
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    az::table_map<book>("book").relation<&book::editions>(orm::keyed_by<&edition::language>);
#else
    az::table_map<book>("book").relation<&book::editions>(orm::keyed_by<&sale::id>);
#endif
}
