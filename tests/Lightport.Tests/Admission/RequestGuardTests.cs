using Lightport.Admission;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("gzip", null)]
    [InlineData("X-GZIP", null)]
    [InlineData("identity", null)]
    [InlineData("br", 415)]
    [InlineData("gzip, gzip", 415)]
    public void Check_EncodingThatIsNotRead_Is415(string encoding, int? status)
    {
        HttpRequest request = Request("application/json");
        request.Headers.ContentEncoding = encoding;

        Assert.Equal(status, RequestGuard.Check(request)?.Status);
    }

    [Theory]
    [InlineData(RequestGuard.MaxBodyBytes, null)]
    [InlineData(RequestGuard.MaxBodyBytes + 1, 413)]
    public void Check_LargeBody_Is413ThatNamesTheLimit(long length, int? status)
    {
        HttpRequest request = Request("application/json");
        request.ContentLength = length;

        GatewayError? error = RequestGuard.Check(request);

        Assert.Equal(status, error?.Status);
        Assert.True(error is null || error.Message.Contains("100 MB", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0085")]
    [InlineData("a\n")]
    public void CheckModel_ThatCanBeNoName_Is400(string model)
    {
        GatewayError? error = RequestGuard.CheckModel(model);

        Assert.Equal((400, "model"), (error?.Status, error?.Param));
        Assert.Equal("'model' must be 1 to 256 characters, none of them a control character.", error?.Message);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("meta/llama 3: größer")]
    public void CheckModel_Name_Passes(string model) => Assert.Null(RequestGuard.CheckModel(model));

    private static HttpRequest Request(string? contentType)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.ContentType = contentType;
        return request;
    }
}
