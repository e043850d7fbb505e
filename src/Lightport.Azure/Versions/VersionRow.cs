using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>
/// The row that makes a version: written when everything else is there, with what tells a reader that it still is.
/// </summary>
internal sealed record VersionRow
{
    public const string Partition = "versions";

    private const string AuthorColumn = "Author";
    private const string NoteColumn = "Note";
    private const string CreatedAtColumn = "CreatedAt";
    private const string EntriesColumn = "Entries";
    private const string DigestColumn = "Digest";
    private const string ReplacesColumn = "Replaces";

    /// <summary>Of the packed content.</summary>
    public required string Digest { get; init; }

    /// <summary>The version that was in force when this one was to take its place; null for none.</summary>
    public required string? Replaces { get; init; }

    /// <summary>Null where what it needs cannot be read.</summary>
    public static VersionRow? Read(TableEntity row) => TextColumns.Read(row, DigestColumn) is not { } digest
        ? null
        : new VersionRow { Digest = digest, Replaces = TextColumns.Read(row, ReplacesColumn) };

    /// <summary>What a list of versions says of it; odd columns leave their part out.</summary>
    public static ConfigurationVersion Describe(TableEntity row) => new(
        row.RowKey,
        row.TryGetValue(CreatedAtColumn, out object? at) && at is DateTimeOffset moment
            ? moment
            : row.Timestamp.GetValueOrDefault(),
        TextColumns.Read(row, AuthorColumn) ?? "",
        TextColumns.Read(row, NoteColumn),
        row.TryGetValue(EntriesColumn, out object? count) && count is int entries ? entries : null);

    public TableEntity ToEntity(ConfigurationVersion version)
    {
        var row = new TableEntity(Partition, version.Version)
        {
            [CreatedAtColumn] = version.CreatedAt,
            [DigestColumn] = Digest,
            [EntriesColumn] = version.Entries,
        };
        TextColumns.Write(row, AuthorColumn, version.Author);
        if (version.Note is { } note)
        {
            TextColumns.Write(row, NoteColumn, note);
        }

        if (Replaces is { } replaces)
        {
            row[ReplacesColumn] = replaces;
        }

        return row;
    }
}
