namespace Lightport.Storage.Files;

/// <summary>What one file holds: the rows of one counter.</summary>
internal sealed record LimitFile(string Counter, IReadOnlyList<LimitFile.Entry> Rows)
{
    internal sealed record Entry(string Window, LimitRow Row);
}
