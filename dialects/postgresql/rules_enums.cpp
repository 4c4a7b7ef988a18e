// Enumerations that the database has as types: nothing but their own labels goes into them or is compared with them.
#include "rules.hpp"

namespace azoth::postgresql {
namespace {

using k = type_kind;

bool is_of_named_enums(const type& t) {
    return is_named_enum(t) || (t.kind == k::array && t.rare && t.rare->element && is_named_enum(*t.rare->element));
}

/// A value that says another type than the column's, such as a text parameter, is made one of the column's.
void write_assigned_label(compiler& out, const node& column, const node& value) {
    const type& wanted = static_cast<const column_node&>(column).spec->type;
    const type given = type_of(value);
    if (!is_of_named_enums(wanted) || given == wanted || given.kind == k::unknown) {
        out << value;
        return;
    }
    out << "CAST(" << value << " AS ";
    out.type_name(wanted) << ")";
}

void meet_one(node_ptr& label, node_ptr& other) {
    const type of = type_of(*label);
    const type given = type_of(*other);
    if (!is_named_enum(of) || given == of || family_of(given.kind) != type_family::text) return;
    // A value is one of the labels; what comes from elsewhere may be none of them, and then it is only another text.
    if (node_cast<bind_node>(other) && !is_named_enum(given)) other = make_node<const cast_node>(other, of);
    else label = make_node<const cast_node>(label, type{k::text});
}

}  // namespace

void meet_as_labels(node_ptr& left, node_ptr& right) {
    meet_one(left, right);
    meet_one(right, left);
}

void set_enum_rules(rule_table& to) {
    to.assigned = write_assigned_label;
    to.fits_queries = false;
}

}  // namespace azoth::postgresql
