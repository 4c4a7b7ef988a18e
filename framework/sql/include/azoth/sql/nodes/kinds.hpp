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
        drop_object,
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
        native_sql,
        next_value,
        create_view,
        create_sequence,
        create_enum,
        create_schema,
        create_table_as,
        drop_index,
        comment_on,
        restart_numbers,
        count
    };
};

}  // namespace azoth
