using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>The one row that says which version is in force.</summary>
internal static class PointerRow
{
    public const string Partition = "current";
    public const string Row = "pointer";

    private const string VersionColumn = "Version";
    private const string AuthorColumn = "Author";
    private const string NoteColumn = "Note";
    private const string MovedAtColumn = "MovedAt";

    public static TableEntity Of(string version, ChangeNote note, DateTimeOffset now)
    {
        var row = new TableEntity(Partition, Row) { [VersionColumn] = version, [MovedAtColumn] = now };
        TextColumns.Write(row, AuthorColumn, TextColumns.WellFormed(note.Author));
        if (note.Note is { } text)
        {
            TextColumns.Write(row, NoteColumn, TextColumns.WellFormed(text));
        }

        return row;
    }

    /// <summary>A pointer that names no version still is one, which the next change mends.</summary>
    public static ConfigurationPointer Read(TableEntity row) => new(
        TextColumns.Read(row, VersionColumn) ?? "",
        row.ETag.ToString(),
        TextColumns.Read(row, AuthorColumn) ?? "",
        row.TryGetValue(MovedAtColumn, out object? at) && at is DateTimeOffset moment
            ? moment
            : row.Timestamp.GetValueOrDefault());
}
