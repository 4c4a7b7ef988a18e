// expect: a write_only collection is never loaded
#include "collections.hpp"

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::select<book>().options(orm::selectinload<&book::all>));
#else
    static_cast<void>(az::select<book>().options(orm::selectinload<&book::sales>));
#endif
}
