using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

public sealed class JsonLineFrameReaderTests
{
    [Fact]
    public void TryRead_AnyCut_GivesTheLines()
    {
        byte[] body = Encoding.UTF8.GetBytes("\n{\"a\":\"é🧭\"}\r\n\r\n  {\"b\":1} \n\n{\"c\":2}");
        for (int seed = 0; seed < 200; seed++)
        {
            Assert.Equal(
                ["|{\"a\":\"é🧭\"}", "|{\"b\":1}", "|{\"c\":2}"],
                FrameCutter.Read(new JsonLineFrameReader(), body, FrameCutter.Cuts(seed)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    public void TryRead_EmptyLines_AreNoFrames(string body) =>
        Assert.Empty(FrameCutter.Read(new JsonLineFrameReader(), Encoding.UTF8.GetBytes(body)));
}
