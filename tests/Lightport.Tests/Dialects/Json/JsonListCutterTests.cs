using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class JsonListCutterTests
{
    [Theory]
    [InlineData("[1, 2 ,3]", "[1, 2 ,3]")]
    [InlineData("[0, 2 ,3]", "[2 ,3]")]
    [InlineData("[1, 0 ,3]", "[1 ,3]")]
    [InlineData("[1, 2 ,0 ]", "[1, 2 ]")]
    [InlineData("[0,0, 3,0,0]", "[3]")]
    [InlineData("[ 0 , 0 ]", "[ ]")]
    [InlineData("[]", "[]")]
    public void Cut_AnyElements_LeavesNoCommaThatJoinsNothing(string list, string left)
    {
        byte[] json = Encoding.UTF8.GetBytes(list);
        var cuts = new JsonCuts();
        var cutter = new JsonListCutter(cuts);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            (int start, int end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
            if (reader.ValueSpan.SequenceEqual("0"u8))
            {
                cutter.Cut(start, end);
            }
            else
            {
                cutter.Keep(start, end);
            }
        }

        cutter.Close((int)reader.TokenStartIndex);
        var output = new ArrayBufferWriter<byte>();
        cuts.WriteTo(json, output);

        Assert.Equal(left, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
