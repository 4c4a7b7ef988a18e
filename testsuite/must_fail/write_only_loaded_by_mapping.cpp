// expect: a write_only collection is never loaded
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    az::table_map<book>("book").relation<&book::sales>(orm::cascade_delete);
#else
    az::table_map<book>("book").relation<&book::sales>(orm::load(orm::loading::selectin));
#endif
}
