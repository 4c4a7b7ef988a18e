#include "step_list.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/compiler.hpp>

namespace azoth::detail {

void step_list::put(const object_name& of, node_ptr statement, std::string note, bool loses) {
    if (can(of, *statement)) to_.steps.push_back({ddl_statement{std::move(statement)}, std::move(note), loses});
}

bool step_list::can(const object_name& of, const node& statement) {
    try {
        (void)compiler{rules_, server_}.run(statement);
        return true;
    } catch (const error& e) {
        refuse(of, std::string{e.message()});
        return false;
    }
}

}  // namespace azoth::detail
