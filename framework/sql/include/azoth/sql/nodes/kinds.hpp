#pragma once

#include <cstdint>

namespace azoth {

/// The numbers of the built-in node kinds, for rule tables. Only ever added to at the end: plugins are compiled against them.
struct node_numbers {
    enum : std::uint16_t {
        column,
        bind,
        literal,
        unary,
        binary,
        logical,
        in,
        between,
        function,
        star,
        window,
        cast,
        case_,
        label,
        order,
        scalar_subquery,
        table,
        alias,
        subquery,
        cte,
        cte_self,
        text,
        select,
        compound,
        insert,
        update,
        delete_,
        create_table,
        drop_table,
        create_index,
        add_constraint,
        drop_constraint,
        operation,
        custom_operator,
        collate,
        tuple,
        quantified,
        proposed,
        values,
        table_function,
        sample,
        grouping,
        coerced,
        joined,
        label_ref,
        default_value,
        own_column,
        count
    };
};

}  // namespace azoth
