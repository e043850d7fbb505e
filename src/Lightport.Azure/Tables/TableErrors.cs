using Azure;
using Azure.Data.Tables.Models;

namespace Lightport.Azure.Tables;

/// <summary>Asks a failure for its code, which an answer of no table service does not have.</summary>
internal static class TableErrors
{
    public static bool Is(this RequestFailedException failure, TableErrorCode code) =>
        string.Equals(failure.ErrorCode, code.ToString(), StringComparison.OrdinalIgnoreCase);
}
