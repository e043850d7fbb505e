using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Json;

public sealed class JsonMediaTypeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/vnd.api+json")]
    public void Check_Json_Passes(string mediaType) => Assert.Null(JsonMediaType.Check(mediaType));

    [Theory]
    [InlineData("text/plain", "Content-Type: application/json")]
    [InlineData("multipart/form-data; boundary=x", "Content-Type: application/json")]
    [InlineData("nonsense", "Content-Type: application/json")]
    [InlineData("application/json; charset=iso-8859-1", "UTF-8")]
    public void Check_OtherMediaType_Is415(string mediaType, string advice)
    {
        GatewayError? error = JsonMediaType.Check(mediaType);

        Assert.Equal((415, ErrorKind.UnsupportedMediaType), (error?.Status, error?.Kind));
        Assert.Contains(advice, error?.Message);
    }
}
