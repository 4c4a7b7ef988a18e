// expect: names a member of another type than the map's key
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    az::table_map<book>("book").relation<&book::editions>(orm::keyed_by<&edition::language>);
#else
    az::table_map<book>("book").relation<&book::editions>(orm::keyed_by<&edition::id>);
#endif
}
