using System.Text;
using Lightport.Cli.Gateway;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Gateway;

public sealed class ChatStreamTests
{
    private const string Answer =
        "\ufeff: hello\r\n\r\nevent: x\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"Grüß\"}}]}\r\n\r\n"
        + "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"Gott\"}}]}\n\n: keep-alive\n\ndata: [DONE]\n\n";

    [Fact]
    public async Task Read_OfEveryCut_IsTheSameText()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Answer);
        for (int length = 1; length < bytes.Length; length++)
        {
            Assert.Equal("GrüßGott", await ReadAsync(new PieceStream(bytes, length)));
        }
    }

    [Fact]
    public async Task Read_ThatEndsAfterAFinishWithoutDone_IsWhole() =>
        Assert.Equal("a", await ReadAsync(Text(
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n")));

    [Theory]
    [InlineData("", "broken_off")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "broken_off")]
    [InlineData("data: {nonsense\n\n", "unexpected_answer")]
    [InlineData("data: null\n\n", "unexpected_answer")]
    [InlineData("data: {\"error\":{\"message\":\"No.\",\"code\":529}}\n\n", "529")]
    [InlineData("data: {\"error\":{\"type\":\"overloaded\",\"code\":null}}\n\n", "overloaded")]
    public async Task Read_OfWhatIsNoWholeAnswer_FailsWith4(string stream, string code)
    {
        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => ReadAsync(Text(stream)));

        Assert.Equal((4, code), (failure.ExitCode, failure.Code));
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        await foreach (ChatChunk chunk in ChatStream.ReadAsync(stream, CancellationToken.None))
        {
            text.Append(chunk.Choices?[0].Delta?.Content);
        }

        return text.ToString();
    }
}
