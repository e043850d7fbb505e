using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Tests.Tables;

public sealed class TextColumnsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(TextColumns.ColumnLength)]
    [InlineData(TextColumns.ColumnLength + 1)]
    [InlineData(3 * TextColumns.ColumnLength)]
    public void Write_TextOfARow_ReadsBackFromColumnsThatFit(int length)
    {
        string text = new('x', length);
        var row = new TableEntity("p", "r");

        TextColumns.Write(row, "Json", text);

        Assert.Equal(text, TextColumns.Read(row, "Json"));
        Assert.All(
            row.Select(column => column.Value).OfType<string>(),
            value => Assert.InRange(value.Length, 0, 32 * 1024));
    }

    [Fact]
    public void Write_CharacterOfTwoAtTheEdge_StaysWhole()
    {
        string text = new string('x', TextColumns.ColumnLength - 1) + "🚀" + new string('y', 10);
        var row = new TableEntity("p", "r");

        TextColumns.Write(row, "Json", text);

        Assert.Equal(text, TextColumns.Read(row, "Json"));
        Assert.StartsWith("🚀", (string)row["Json1"], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherType_IsItsText() =>
        Assert.Equal("7", TextColumns.Read(new TableEntity("p", "r") { ["Json"] = 7L }, "Json"));

    [Fact]
    public void Read_NoColumn_IsNull() => Assert.Null(TextColumns.Read(new TableEntity("p", "r"), "Json"));
}
