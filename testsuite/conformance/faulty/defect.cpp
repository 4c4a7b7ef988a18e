#include "defect.hpp"

#include <algorithm>

namespace azoth::faulty {
namespace {

std::vector<named_defect> all() {
    std::vector<named_defect> list{{"none", &make<defect>}};
    for (const auto part :
         {value_defects(), result_defects(), transaction_defects(), connection_defects(), claim_defects(), statement_defects()})
        list.insert(list.end(), part.begin(), part.end());
    return list;
}

}  // namespace

void defect::send(cell&, arena&) {}
void defect::receive(cell&, arena&) {}

std::vector<std::string> defect_names() {
    std::vector<std::string> names;
    for (const auto& d : all()) names.emplace_back(d.name);
    return names;
}

std::unique_ptr<defect> make_defect(std::string_view name) {
    const auto list = all();
    return std::find_if(list.begin(), list.end(), [&](const auto& d) { return d.name == name; })->make();
}

}  // namespace azoth::faulty
