// Libpq: PostgreSQL's client library, loaded when it is first needed. Who uses SQLite alone does not have to have it.
#pragma once

#include <libpq-fe.h>

namespace rabatt {

// What is used of it: the name here, and libpq's.
#define RABATT_LIBPQ(entry)                                                                                        \
  entry(connect, PQconnectdbParams) entry(finish, PQfinish) entry(status, PQstatus)                                \
      entry(error_message, PQerrorMessage) entry(transaction_status, PQtransactionStatus)                          \
          entry(set_notice_processor, PQsetNoticeProcessor) entry(execute, PQexec) entry(prepare, PQprepare)       \
              entry(send_query, PQsendQueryParams) entry(send_prepared, PQsendQueryPrepared)                       \
                  entry(set_single_row_mode, PQsetSingleRowMode) entry(get_result, PQgetResult)                    \
                      entry(put_copy_data, PQputCopyData) entry(put_copy_end, PQputCopyEnd)                        \
                          entry(result_status, PQresultStatus) entry(result_error_field, PQresultErrorField)       \
                              entry(result_error_message, PQresultErrorMessage) entry(command_status, PQcmdStatus) \
                                  entry(command_tuples, PQcmdTuples) entry(row_count, PQntuples)                   \
                                      entry(column_count, PQnfields) entry(column_type, PQftype)                   \
                                          entry(is_null, PQgetisnull) entry(value, PQgetvalue)                     \
                                              entry(length, PQgetlength) entry(clear, PQclear)

struct Libpq {
#define RABATT_LIBPQ_MEMBER(name, function) decltype(&::function) name = nullptr;  // NOLINT(bugprone-macro-parentheses)
  RABATT_LIBPQ(RABATT_LIBPQ_MEMBER)
#undef RABATT_LIBPQ_MEMBER
};

// Throws DatabaseError `missing` if it cannot be loaded; the next call tries again.
const Libpq& libpq();

}  // namespace rabatt
