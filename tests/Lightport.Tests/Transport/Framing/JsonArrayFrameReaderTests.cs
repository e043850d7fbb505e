using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

public sealed class JsonArrayFrameReaderTests
{
    private const string Body =
        """ [ {"a":"]},{\"[\\"} ,  {"b":{"c":[{},"é🧭"]}},{}""" + "\n\n \r\n,{\"d\":\"\\u0022\\\\\"} ] \n";

    private static readonly string[] Frames =
        ["""|{"a":"]},{\"[\\"}""", """|{"b":{"c":[{},"é🧭"]}}""", "|{}", """|{"d":"\u0022\\"}"""];

    [Fact]
    public void TryRead_AnyCut_GivesTheObjectsOfTheArray()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        for (int seed = 0; seed < 500; seed++)
        {
            Assert.Equal(Frames, FrameCutter.Read(new JsonArrayFrameReader(), body, FrameCutter.Cuts(seed)));
        }

        Assert.Equal(Frames, FrameCutter.Read(new JsonArrayFrameReader(), body, Enumerable.Repeat(1, body.Length)));
    }

    /// <summary>What follows an object is not waited for: it comes with the next one, perhaps much later.</summary>
    [Fact]
    public void TryRead_ObjectIsComplete_IsAFrameAtOnce() =>
        Assert.Equal(["|{\"a\":1}"], FrameCutter.Read(new JsonArrayFrameReader(), "[{\"a\":1}"u8));

    [Fact]
    public void Raw_HoldsWhatStoodBeforeTheObject()
    {
        using var reader = new JsonArrayFrameReader();
        SseCutter.Feed(reader, "\n[ {},\n {} ]"u8);

        Assert.True(reader.TryRead(out Frame first));
        Assert.Equal("\n[ {}", Encoding.UTF8.GetString(first.Raw));
        Assert.True(reader.TryRead(out Frame second));
        Assert.Equal(",\n {}", Encoding.UTF8.GetString(second.Raw));
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("[ ] \n")]
    [InlineData("[{\"a\":1")]
    [InlineData("[{\"a\":\"}")]
    public void TryRead_NothingWhole_IsNoFrame(string body) =>
        Assert.Empty(FrameCutter.Read(new JsonArrayFrameReader(), Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("[1]")]
    [InlineData("[,{}]")]
    [InlineData("[{}{}]")]
    [InlineData("[{},,{}]")]
    [InlineData("[{},]")]
    [InlineData("[{}]]")]
    [InlineData("[{}],{}")]
    [InlineData("[[{}]]")]
    public void TryRead_NoArrayOfObjects_Throws(string body) =>
        Assert.Throws<MalformedFrameException>(
            () => FrameCutter.Read(new JsonArrayFrameReader(), Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void TryRead_RandomBytes_IsCutAlikeWhereverItIsCut()
    {
        const string Alphabet = "[]{},\"\\ a\n";
        var chance = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] body = Encoding.UTF8.GetBytes("[{" + new string(chance.GetItems<char>(Alphabet, 40)));

            Assert.Equal(
                FrameCutter.ReadOrFail(new JsonArrayFrameReader(), body),
                FrameCutter.ReadOrFail(new JsonArrayFrameReader(), body, FrameCutter.Cuts(round)));
        }
    }
}
