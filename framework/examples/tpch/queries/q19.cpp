#include "fragments.hpp"
#include "queries.hpp"

#include <string>
#include <vector>

namespace az = azoth;
using az::col;

/// What was earned with three kinds of parts sent by air and handed over in person.
/// Shows: conditions built by a function of the program, OR over ANDs, IN with a list made at run time.
Query q19() {
    const auto kind = [](const char* brand, const std::vector<std::string>& containers, int least, int largest_size) {
        return col<&Part::brand> == brand && col<&Part::container>.in(containers) && col<&LineItem::quantity>.between(least, least + 10) &&
               col<&Part::size>.between(1, largest_size);
    };
    return {19,
            "Discounted revenue",
            {"revenue"},
            az::select(az::func::sum(revenue()))
                .select_from(az::entity<LineItem>)
                .join<Part>()
                .where(kind("Brand#12", {"SM CASE", "SM BOX", "SM PACK", "SM PKG"}, 1, 5) ||
                           kind("Brand#23", {"MED BAG", "MED BOX", "MED PKG", "MED PACK"}, 10, 10) ||
                           kind("Brand#34", {"LG CASE", "LG BOX", "LG PACK", "LG PKG"}, 20, 15),
                       col<&LineItem::mode>.in({"AIR", "AIR REG"}), col<&LineItem::instructions> == "DELIVER IN PERSON")};
}
